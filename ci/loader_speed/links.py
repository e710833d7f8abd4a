"""Makes a folder as large as ImageNet of hard links to a few photos: PHOTOS FOLDER CLASSES IMAGES-PER-CLASS"""

import glob
import os
import sys

photos, folder, classes, images = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
files = sorted(glob.glob(os.path.join(photos, "*", "*.jpg")))
for part, count in (("train", images), ("val", 1)):
    for number in range(classes):
        name = f"n{number:08d}"
        place = os.path.join(folder, part, name)
        os.makedirs(place)
        for i in range(count):
            # a file may have 65,000 names on ext4
            os.link(files[(number * images + i) % len(files)], os.path.join(place, f"{name}_{i}.JPEG"))
