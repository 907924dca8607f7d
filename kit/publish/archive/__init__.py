"""An archive of a study: what journals and data editors ask for, in one file that can be checked."""
