"""What the two Python servers share: FastAPI around a function from an image's pixels to logits.

Decoding, resizing and the network run in as many threads as images are worked on at a time; all of them let go of Python's lock.
"""
import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

CONCURRENT = int(os.environ["CONCURRENT"])
THREADS = int(os.environ["THREADS"])
MODEL = os.environ["MODEL"]
MEAN = np.array([0.485, 0.456, 0.406], np.float32) * 255
SCALE = 1 / (np.array([0.229, 0.224, 0.225], np.float32) * 255)
RESIZED, SIDE = 256, 224

cv2.setNumThreads(1)


def preprocess(data):
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise HTTPException(422, "not an image")
    height, width = image.shape[:2]
    scale = RESIZED / min(height, width)
    size = round(width * scale), round(height * scale)
    image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    top, left = (size[1] - SIDE) // 2, (size[0] - SIDE) // 2
    image = cv2.cvtColor(image[top : top + SIDE, left : left + SIDE], cv2.COLOR_BGR2RGB)
    return np.ascontiguousarray(((image - MEAN) * SCALE).transpose(2, 0, 1))[None]


def application(logits):
    """A server over a function from float32 [1, 3, 224, 224] to [1, classes]."""
    app = FastAPI()
    pool = ThreadPoolExecutor(CONCURRENT)

    def answer(data):
        scores = logits(preprocess(data))[0]
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        best = np.argpartition(scores, -5)[-5:]
        best = best[np.argsort(-scores[best])]
        return {"classes": [{"index": int(one), "probability": float(scores[one])} for one in best]}

    @app.post("/predict")
    async def predict(request: Request):
        data = await request.body()
        return JSONResponse(await asyncio.get_running_loop().run_in_executor(pool, answer, data))

    return app
