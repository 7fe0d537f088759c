"""Are the checks of the criteria sharp enough? Small faults are put in and must be caught."""
