"""torchvision's part of ci/loader-speed.sh, which also conducts: ROUNDS FOLDER -- JAVA-COMMAND..."""

import statistics
import subprocess
import sys
import time

import PIL
import torch
import torchvision
from torchvision import transforms

IMAGES, BATCH = 1024, 64
WARM_UP = 2


def loader(folder, workers):
    data = torchvision.datasets.ImageFolder(folder, transforms.Compose([
        transforms.RandomResizedCrop(224),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]))
    data.samples = (data.samples * (IMAGES // len(data.samples) + 1))[:IMAGES]
    return torch.utils.data.DataLoader(
        data, batch_size=BATCH, shuffle=True, num_workers=workers, drop_last=True, persistent_workers=True)


def images_a_second(batches):
    start = time.perf_counter()
    count = sum(images.shape[0] for images, _ in batches)
    return count / (time.perf_counter() - start)


if __name__ == "__main__":
    rounds, folder = int(sys.argv[1]), sys.argv[2]
    torch.set_num_threads(1)
    java = subprocess.Popen(sys.argv[4:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    if java.stdout.readline().strip() != "ready":
        sys.exit("the Java part failed")

    def ours(workers):
        java.stdin.write(f"{workers}\n")
        return float(java.stdout.readline())

    print(f"Pillow {PIL.__version__}, torchvision {torchvision.__version__}, torch {torch.__version__}")
    for workers in (1, 2):
        theirs = loader(folder, workers)
        images_a_second(theirs)
        for _ in range(WARM_UP):
            ours(workers)
        pairs = [(ours(workers), images_a_second(theirs)) for _ in range(rounds)]
        print(f"{workers} worker{'s' * (workers > 1)}, images a second for each: ElasticVision "
              f"{statistics.median(a for a, _ in pairs) / workers:.0f}, DataLoader "
              f"{statistics.median(b for _, b in pairs) / workers:.0f}, "
              f"ratio {statistics.median(a / b for a, b in pairs):.2f}")
        del theirs
    java.stdin.close()
    java.wait()
