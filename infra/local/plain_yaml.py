"""YAML as the people who write it read it: a day stays text, and a key that is there twice is refused."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml


def loader() -> "type[yaml.SafeLoader]":
    """A SafeLoader without dates, which JSON does not have; of two values of one key neither is certainly meant."""
    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 - the form that PyYAML wants
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
            seen: set[str] = set()
            for key, _ in node.value:
                if str(key.value) in seen:
                    problem = f"{key.value!r} is there twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(str(key.value))
            return super().construct_mapping(node, deep)

    return Loader
