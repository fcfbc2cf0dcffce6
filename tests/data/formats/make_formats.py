#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the files of this folder with numpy and the standard library; see README.md."""

import gzip
import json
import pathlib
import struct

import numpy as np
from numpy.lib import format as npy_format

HERE = pathlib.Path(__file__).resolve().parent

# 0.25 i - 7 in rows; integers and booleans take i - 7 or i.
RAMP = (np.arange(60) * 0.25 - 7).reshape(3, 4, 5)
COUNT = np.arange(60).reshape(3, 4, 5)
ENDS = [0.0, -0.0, 1.0, -2.385, np.inf, -np.inf, np.nan, 6e-8, 6e-5, 65504.0]


def save(name, array, version=None):
    with open(HERE / name, "wb") as file:
        npy_format.write_array(file, array, version)


def safetensors(name, tensors, metadata=None):
    """The format of https://huggingface.co/docs/safetensors, written out by hand."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for key, (dtype, shape, content) in tensors.items():
        header[key] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / name).write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    for kind in ("f2", "f4", "f8"):
        save(f"{kind}-le.npy", RAMP.astype("<" + kind))
        save(f"{kind}-be.npy", RAMP.astype(">" + kind))
        save(f"{kind}-ends.npy", np.array(ENDS, "<" + kind))
    for kind in ("i1", "i2", "i4", "i8"):
        save(f"{kind}.npy", (COUNT - 7).astype("<" + kind))
    save("i4-be.npy", (COUNT - 7).astype(">i4"))
    for kind in ("u1", "u2", "u4", "u8"):
        save(f"{kind}.npy", COUNT.astype("<" + kind))
    save("u8-largest.npy", np.array([2**64 - 1, 2**63], "<u8"))
    save("bool.npy", COUNT % 2 == 1)
    save("fortran.npy", np.asfortranarray(RAMP.astype("<f4")))
    save("version-2.npy", RAMP.astype("<f4"), (2, 0))
    save("version-3.npy", RAMP.astype("<f4"), (3, 0))
    save("scalar.npy", np.float32(2.385).reshape(()))
    save("vector.npy", RAMP.astype("<f4").ravel())
    save("empty.npy", np.zeros((0, 3), "<f4"))
    save("complex.npy", np.zeros(2, "<c8"))
    save("text.npy", np.array(["weight"], "<U6"))
    save("record.npy", np.zeros(2, [("a", "<f4"), ("b", "<i4")]))

    arrays = {"0.weight": RAMP.astype("<f4")[0], "0.bias": np.array([0.5, -1.5]), "größe": COUNT[0].astype("<i4")}
    np.savez(HERE / "stored.npz", **arrays)
    np.savez_compressed(HERE / "deflated.npz", **arrays)

    floats = RAMP.astype("<f4")
    safetensors(
        "types.safetensors",
        {
            "f32": ("F32", (3, 4, 5), floats.tobytes()),
            "f64": ("F64", (3, 20), RAMP.astype("<f8").tobytes()),
            "f16": ("F16", (60,), RAMP.astype("<f2").tobytes()),
            "bf16": ("BF16", (60,), (floats.ravel().view("<u4") >> 16).astype("<u2").tobytes()),
            "scalar": ("F32", (), np.float32(2.385).tobytes()),
            "none": ("F32", (0, 3), b""),
        },
        {"format": "pt"},
    )
    safetensors("integers.safetensors", {"step": ("I64", (1,), struct.pack("<q", 7))})

    np.savetxt(HERE / "plain.csv", RAMP.reshape(12, 5), delimiter=",")
    pixels = (np.arange(24) * 11 % 256).astype("u1").tobytes()
    idx = b"\0\0\x08\3" + struct.pack(">III", 2, 3, 4) + pixels
    (HERE / "images.idx").write_bytes(idx)
    (HERE / "images.idx.gz").write_bytes(gzip.compress(idx, mtime=0))


main()
