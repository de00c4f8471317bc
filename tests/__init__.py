"""A package, as textstat leaves one of the same name in site-packages: the one that is found first counts."""
