"""An Amazon Transcribe on this machine, which takes the words from what our simulated sounds carry in themselves."""
