"""A server over ONNX Runtime: uvicorn onnx_server:app"""
import onnxruntime
from common import MODEL, THREADS, application

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = THREADS
options.inter_op_num_threads = 1
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
session = onnxruntime.InferenceSession(MODEL, options, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
app = application(lambda image: session.run(None, {name: image})[0])
