"""A server over OpenVINO: uvicorn openvino_server:app"""
import threading

import openvino
from common import CONCURRENT, MODEL, THREADS, application

compiled = openvino.Core().compile_model(
    MODEL,
    "CPU",
    {
        "PERFORMANCE_HINT": "THROUGHPUT",
        "NUM_STREAMS": CONCURRENT,
        "INFERENCE_NUM_THREADS": CONCURRENT * THREADS,
        "INFERENCE_PRECISION_HINT": "f32",
    },
)
own = threading.local()


def logits(image):
    if not hasattr(own, "request"):
        own.request = compiled.create_infer_request()
    return own.request.infer([image])[compiled.output(0)]


app = application(logits)
