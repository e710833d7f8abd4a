"""Writes one small picture of each kind beside this file, and what Pillow makes of it (NAME.png): as exif_transpose turns it.

    pip install pillow==12.3.0 numpy imagecodecs==2026.3.6 && python make_kinds.py

Kinds that are not read get no PNG.
"""

import io
import pathlib
import struct
import zlib

import imagecodecs
import numpy as np
from PIL import Image, ImageOps, PngImagePlugin, TiffImagePlugin

here = pathlib.Path(__file__).parent
y, x = np.mgrid[0:26, 0:35]
rgb = np.stack([7 * x, 255 - 9 * y, (x * y) % 256], 2).astype(np.uint8)
cmyk = np.dstack([rgb, (x * 5 + y * 3) % 256]).astype(np.uint8)
picture = Image.fromarray(rgb)
grey = picture.convert("L")


def expect(name):
    with Image.open(here / name) as image:
        turned = ImageOps.exif_transpose(image).convert("RGB")
    turned.save(here / (name + ".png"), optimize=True)


def save(name, image, **options):
    image.save(here / name, **options)
    expect(name)


def write(name, content, read=True):
    (here / name).write_bytes(content)
    if read:
        expect(name)


# CMYK in JPEG: Adobe's CMYK as Pillow writes it, YCCK, both by the same rule
save("cmyk.jpg", Image.fromarray(cmyk, "CMYK"), quality=90)
write("ycck.jpg", imagecodecs.jpeg8_encode(cmyk, level=90, colorspace="CMYK", outcolorspace="YCCK", subsampling="444"))

# TIFF
for compression in ["tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"]:
    save(f"rgb_{compression}.tif", picture, compression=compression)
save("cmyk.tif", Image.fromarray(cmyk, "CMYK"), compression="tiff_lzw")
save("palette.tif", picture.quantize(13))
save("bilevel_g4.tif", grey.point(lambda level: 255 * (level > 120), "1"), compression="group4")
save("grey_alpha.tif", Image.merge("LA", [grey, grey.rotate(180)]))
tags = TiffImagePlugin.ImageFileDirectory_v2()
tags[274] = 6
save("turned.tif", picture, tiffinfo=tags, compression="tiff_lzw")
save("pages.tif", picture, save_all=True, append_images=[grey], compression="tiff_lzw")
# multiplied by alpha (ExtraSamples 1), big-endian
alpha = ((x * 7) % 256).astype(np.uint8)
premultiplied = np.dstack([(rgb.astype(int) * alpha[..., None] + 127) // 255, alpha]).astype(np.uint8)
entries = [(256, 3, 1, 35 << 16), (257, 3, 1, 26 << 16), (258, 3, 4, 8), (259, 3, 1, 1 << 16), (262, 3, 1, 2 << 16),
           (273, 4, 1, 142), (277, 3, 1, 4 << 16), (278, 3, 1, 26 << 16), (279, 4, 1, 4 * 35 * 26), (338, 3, 1, 1 << 16)]
tiff = b"MM\0*" + struct.pack(">I", 16) + struct.pack(">4H", 8, 8, 8, 8) + struct.pack(">H", len(entries))
tiff += b"".join(struct.pack(">HHII", *entry) for entry in entries) + bytes(4)
assert len(tiff) == 142
write("premultiplied.tif", tiff + premultiplied.tobytes())

# Netpbm
save("bits.pbm", grey.point(lambda level: 255 * (level > 120), "1"))
save("grey.pgm", grey)
save("colour.ppm", picture)
write("plain_bits.pbm", b"P1 # a note\n4 2\n0101\n1 0 1\n0")
write("plain_grey.pgm", b"P2\n3 2 # a note\n100\n0 50 100 33\n7\t99\n")
write("plain_colour.ppm", b"P3 2 1 31 0 15 31 8 16 30\n")
write("levels_of_7.pgm", b"P5 4 2 7\n" + bytes([0, 1, 2, 3, 4, 5, 6, 7]))
write("colour_16.ppm", b"P6 2 1 65535\n" + struct.pack(">6H", 0, 300, 32767, 32768, 65000, 65535))

# orientation in other forms than an Exif part with a short number
def exif(value, kind, order):
    return (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(order + "IHHHI", 8, 1, 274, kind, 1) + (
        struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)) + bytes(4)


def xmp(value, attribute):
    return ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/"' + (
                f' tiff:Orientation="{value}"/>' if attribute else f"><tiff:Orientation>{value}</tiff:Orientation></rdf:Description>"
            ) + "</rdf:RDF></x:xmpmeta>").encode()


small = picture.resize((12, 9))
for name, options in {
    "exif_long.jpg": {"exif": b"Exif\0\0" + exif(6, 4, ">")},
    "exif_twice.jpg": {"exif": b"Exif\0\0Exif\0\0" + exif(8, 3, "<")},
    "xmp.jpg": {"xmp": xmp(5, True)},
    "xmp_element.jpg": {"xmp": xmp(7, False)},
    "exif_before_xmp.jpg": {"exif": b"Exif\0\0" + exif(1, 3, ">"), "xmp": xmp(6, True)},
    "exif_without.jpg": {"exif": b"Exif\0\0II*\0" + struct.pack("<IHI", 8, 0, 0), "xmp": xmp(3, True)},
    "xmp.webp": {"xmp": xmp(8, True), "lossless": True},
}.items():
    save(name, small, **options)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*chunks):
    out = io.BytesIO()
    small.save(out, "png")
    return out.getvalue()[:33] + b"".join(chunks) + out.getvalue()[33:]


write("exif_prefix.png", png(chunk(b"eXIf", b"Exif\0\0" + exif(6, 4, ">"))))
write("xmp.png", png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(2, True))))
raw = "\nexif\n{:8}\n".format(6 + len(exif(4, 3, ">"))) + (b"Exif\0\0" + exif(4, 3, ">")).hex() + "\n"
write("raw_profile.png", png(chunk(b"tEXt", b"Raw profile type exif\0" + raw.encode())))
import zlib
write("raw_profile_deflated.png", png(chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(raw.encode()))))
# WebP of Pillow's has Exif without a prefix; other writers add it
plain = io.BytesIO()
small.save(plain, "webp", lossless=True, exif=exif(6, 4, ">"))
webp = plain.getvalue()
at = webp.index(b"EXIF")
body = b"Exif\0\0" + exif(6, 4, ">")
webp = webp[:at] + b"EXIF" + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
write("exif_prefix.webp", b"RIFF" + struct.pack("<I", len(webp) - 8) + webp[8:])

# whole, but not read
write("12_bits.jpg", imagecodecs.jpeg8_encode(rgb.astype(np.uint16) * 16, level=90, bitspersample=12), read=False)
write("lossless_16_bits.jpg", imagecodecs.jpeg8_encode(rgb.astype(np.uint16) * 256, lossless=True, bitspersample=16), read=False)
write("jpeg_ls.jpg", imagecodecs.jpegls_encode(rgb), read=False)
picture.save(here / "lzma.tif", compression="lzma")
Image.fromarray(x.astype(np.float32)).save(here / "floats.tif")

# read by libjpeg-turbo 3 and so by OpenCV, but not by every Pillow
write("lossless.jpg", imagecodecs.jpeg8_encode(rgb, lossless=True), read=False)
picture.save(here / "lossless.jpg.png", optimize=True)
