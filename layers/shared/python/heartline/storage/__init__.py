"""The one place that knows DynamoDB, S3 and SQS."""
