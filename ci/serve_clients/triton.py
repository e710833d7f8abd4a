"""Asks 'elastic serve' by Triton's client for the Open Inference Protocol, in every form that it has.

    triton.py HOST:PORT MODEL PHOTO
"""
import base64
import io
import json
import sys

import numpy as np
import tritonclient.http as http
from PIL import Image
from tritonclient.utils import InferenceServerException

address, model, photo = sys.argv[1:]
client = http.InferenceServerClient(address)
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(model)
assert client.is_model_ready(model, "1") and not client.is_model_ready(model, "9")
about = client.get_server_metadata()
assert "binary_tensor_data" in about["extensions"], about
metadata = client.get_model_metadata(model)
image = next(one for one in metadata["inputs"] if one["name"] == "image")
shape = image["shape"][1:]
print("metadata:", json.dumps(metadata))

pixels = np.random.default_rng(1).standard_normal((3, *shape), dtype=np.float32)


def ask(name, array, kind, binary, outputs=None, **more):
    given = http.InferInput(name, list(array.shape), kind)
    given.set_data_from_numpy(array, binary_data=binary)
    return client.infer(model, [given], outputs=outputs, **more)


in_binary = ask("image", pixels, "FP32", True)
logits = in_binary.as_numpy("logits")
assert logits.shape[0] == 3 and logits.dtype == np.float32
in_json = ask("image", pixels, "FP32", False, [http.InferRequestedOutput("logits", binary_data=False)], request_id="42")
assert in_json.get_response()["id"] == "42"
assert np.array_equal(in_json.as_numpy("logits"), logits)
alone = np.concatenate([ask("image", one[None], "FP32", True).as_numpy("logits") for one in pixels])
assert np.allclose(alone, logits, rtol=1e-4, atol=1e-4), np.abs(alone - logits).max()
probabilities = in_binary.as_numpy("probabilities")
assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
packed = ask("image", pixels, "FP32", True, request_compression_algorithm="gzip")
assert np.array_equal(packed.as_numpy("logits"), logits)

encoded = open(photo, "rb").read()
png = io.BytesIO()
Image.open(photo).save(png, "PNG")
files = np.array([encoded, png.getvalue()], dtype=np.object_)
of_files = ask("file", files, "BYTES", True, parameters={"top": 2})
answers = [json.loads(one) for one in of_files.as_numpy("answer")]
assert len(answers) == 2 and all(len(one["classes"]) == 2 for one in answers), answers
assert answers[0]["classes"][0]["index"] == int(np.argmax(of_files.as_numpy("logits")[0]))
text = np.array([base64.b64encode(one) for one in files], dtype=np.object_)
in_text = ask("file", text, "BYTES", False)
assert np.array_equal(in_text.as_numpy("logits"), of_files.as_numpy("logits"))

try:
    ask("image", pixels[:, :1], "FP32", True)
    raise AssertionError("a wrong shape was taken")
except InferenceServerException as wrong:
    print("refused:", wrong.message())
print("tritonclient: all answers agree")
