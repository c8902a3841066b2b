# How `sam build` makes a dependency layer: the wheels of its requirements.txt, less what its prune.txt names.
build-%:
	@python3 ../../../infra/build.py layer "$(notdir $(CURDIR))" "$(ARTIFACTS_DIR)"
