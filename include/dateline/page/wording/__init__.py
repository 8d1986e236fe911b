"""What words tell by themselves: boilerplate, bylines, datelines, stamps, eras, names of persons."""
