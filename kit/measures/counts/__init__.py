"""What every measure starts from: items counted by document, by part and by place, and tables of two by two."""
