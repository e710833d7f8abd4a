"""Writes JPEGs of 500x375 with the detail, the noise and the bytes of ImageNet's photos (about 105 kB each): FOLDER COUNT"""

import os
import sys

import numpy
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 500, 375
QUALITY = 94
CLASSES = 4


def noise(random, frequencies, fade):
    """Waves whose strength falls with their frequency, as in photos."""
    waves = random.standard_normal(frequencies.shape) + 1j * random.standard_normal(frequencies.shape)
    waves /= frequencies**fade
    waves[0, 0] = 0
    levels = numpy.fft.irfft2(waves, (HEIGHT, WIDTH))
    return levels / levels.std()


def picture(seed):
    random = numpy.random.default_rng(seed)
    frequencies = numpy.hypot(numpy.fft.fftfreq(HEIGHT)[:, None] * HEIGHT, numpy.fft.rfftfreq(WIDTH)[None, :] * WIDTH)
    frequencies[0, 0] = 1
    light = noise(random, frequencies, 1.25)
    blue, red = noise(random, frequencies, 1.6), noise(random, frequencies, 1.6)
    levels = 120 + numpy.stack(
        [light * 45 + red * 18, light * 45 - red * 8 + blue * 6, light * 45 - blue * 20], -1)
    image = Image.fromarray(levels.clip(0, 255).astype("uint8"))
    for thing in range(6):  # before it, with edges and a texture of their own
        texture = levels[::-1 if thing % 2 else 1, ::-1] * random.uniform(0.4, 1.2) + random.uniform(-50, 50, 3)
        x, y = random.uniform(0, WIDTH), random.uniform(0, HEIGHT)
        across, down = random.uniform(20, 140, 2)
        outline = [(x + across * numpy.cos(angle) * random.uniform(0.6, 1.2),
                    y + down * numpy.sin(angle) * random.uniform(0.6, 1.2))
                   for angle in numpy.linspace(0, 2 * numpy.pi, 9)]
        mask = Image.new("L", (WIDTH, HEIGHT))
        ImageDraw.Draw(mask).polygon(outline, fill=255)
        image.paste(Image.fromarray(texture.clip(0, 255).astype("uint8")), (0, 0),
                    mask.filter(ImageFilter.GaussianBlur(0.7)))
    sensor = random.normal(0, 2, (HEIGHT, WIDTH, 1)) + random.normal(0, 1, (HEIGHT, WIDTH, 3))
    return Image.fromarray((numpy.asarray(image) + sensor).clip(0, 255).astype("uint8"))


if __name__ == "__main__":
    folder, count = sys.argv[1], int(sys.argv[2])
    for i in range(count):
        place = os.path.join(folder, f"class{i % CLASSES}")
        os.makedirs(place, exist_ok=True)
        picture(i).save(os.path.join(place, f"{i}.jpg"), quality=QUALITY, subsampling=2)
