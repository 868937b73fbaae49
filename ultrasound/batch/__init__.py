"""Many studies: find the files, put them together, process each study, write the outputs."""
