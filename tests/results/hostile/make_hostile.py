"""Makes the files beside it: results as this program never writes them, each with a valid seal.

Usage: /usr/bin/python3 make_hostile.py (needs h5py and HDF5 1.10; run once, files are committed).
Each file would be accepted but for one thing, the one in its name; harmless.hdf5 has none.
"""

import hashlib
import io
import os

import h5py
import numpy

HERE = os.path.dirname(os.path.abspath(__file__))


def plain(group, name="values", **options):
    data = group.create_dataset(name, data=numpy.arange(4.0), track_order=True, **options)
    if name == "values":
        data.make_scale("values")
    return data


def virtual(group):
    layout = h5py.VirtualLayout(shape=(4,), dtype="f8")
    layout[:] = h5py.VirtualSource("/nowhere/other.h5", "values", shape=(4,))
    group.create_virtual_dataset("values", layout)


def holes(group):
    data = group.create_dataset("values", shape=(8,), chunks=(4,), dtype="f8", compression=1)
    data[:4] = 1.0
    data.make_scale("values")


def huge(group):
    data = group.create_dataset("values", shape=(2**40,), chunks=(256,), dtype="f8")
    data[:1] = 1.0


def inflated(group):
    data = group.create_dataset("values", shape=(2**30,), chunks=(256,), dtype="f8",
                                compression=1)
    data[:1] = 1.0


def unnamed_dimension(group):
    group.create_dataset("values", data=numpy.arange(4.0))


def compact(group):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4,))
    h5py.h5d.create(group.id, b"values", h5py.h5t.IEEE_F64LE, space, properties)


FILES = {
    "harmless": plain,
    "external_link": lambda g: g.__setitem__("values", h5py.ExternalLink("/nowhere/other.h5", "/x")),
    "soft_link": lambda g: (plain(g), g.__setitem__("again", h5py.SoftLink("/g/values"))),
    "virtual_dataset": virtual,
    "external_storage": lambda g: g.create_dataset(
        "values", (4,), "f8", external=[("/nowhere/other", 0, 32)]),
    "missing_chunks": holes,
    "huge_shape": huge,
    "huge_for_its_bytes": inflated,
    "foreign_filter": lambda g: plain(g, compression="lzf"),
    "compound_type": lambda g: g.create_dataset("values", (4,), [("a", "f8"), ("b", "f8")]),
    "fixed_text": lambda g: g.create_dataset("values", data=numpy.array([b"ab", b"cd"])),
    "named_type": lambda g: g.__setitem__("values", numpy.dtype("f8")),
    "empty_space": lambda g: g.create_dataset("values", data=h5py.Empty("f8")),
    "compact_storage": compact,
    "unnamed_dimension": unnamed_dimension,
    "no_version": plain,
    "newer_version": plain,
}


for name, fill in FILES.items():
    content = io.BytesIO()
    with h5py.File(content, "w", track_order=True) as file:
        if name != "no_version":
            file.attrs["format_version"] = numpy.int32(2 if name == "newer_version" else 1)
        fill(file.create_group("g", track_order=True))
    image = content.getvalue()
    seal = "\n%flywheel sealed sha256 " + hashlib.sha256(image).hexdigest() + "\n"
    with open(os.path.join(HERE, name + ".hdf5"), "wb") as out:
        out.write(image + seal.encode())
