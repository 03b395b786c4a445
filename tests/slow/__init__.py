"""What takes long: kills, full and failing disks, power cuts, random keys, hostile names, real files."""
