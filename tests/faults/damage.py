"""What can happen to the files of a run: each function damages one shard, or what has its name."""

import os
import socket


def truncated(file, chance):
    os.truncate(file, chance.randrange(file.stat().st_size))


def emptied(file, chance):
    os.truncate(file, 0)


def bit_flipped(file, chance):
    overwrite(file, chance.randrange(file.stat().st_size), chance, bits=1)


def bytes_flipped(file, chance):
    for _ in range(100):
        overwrite(file, chance.randrange(file.stat().st_size), chance, bits=chance.randrange(1, 256))


def overwrite(file, place, chance, bits):
    """Changes one byte, by one bit or by these."""
    change = 1 << chance.randrange(8) if bits == 1 else bits
    with open(file, "r+b") as bytes_of_file:
        bytes_of_file.seek(place)
        before = bytes_of_file.read(1)[0]
        bytes_of_file.seek(place)
        bytes_of_file.write(bytes([before ^ change]))


def sector_zeroed(file, chance):
    """As after a crash of a machine whose disk had not written all; ones where zeros are."""
    size = chance.choice([512, 4096])
    place = chance.randrange(file.stat().st_size // size) * size
    with open(file, "r+b") as bytes_of_file:
        bytes_of_file.seek(place)
        new = bytes(size) if any(bytes_of_file.read(size)) else b"\xff" * size
        bytes_of_file.seek(place)
        bytes_of_file.write(new)


def seal_changed(file, chance):
    overwrite(file, file.stat().st_size - 1 - chance.randrange(60), chance, bits=1)


def lengthened(file, chance):
    with open(file, "ab") as bytes_of_file:
        bytes_of_file.write(chance.randbytes(chance.randrange(1, 5_000)))


def grown_sparse(file, chance):
    os.truncate(file, 3 << 30)  # more than any shard has, and no block of it is on the disk


def garbage(file, chance):
    file.write_bytes(chance.randbytes(file.stat().st_size))


def folder(file, chance):
    file.unlink()
    file.mkdir()
    (file / "something").write_text("in it", encoding="utf-8")


def pipe(file, chance):
    file.unlink()
    os.mkfifo(file)


def link_to_itself(file, chance):
    file.unlink()
    file.symlink_to(file.name)


def link_to_endless_zeros(file, chance):
    file.unlink()
    file.symlink_to("/dev/zero")


def link_to_a_sound_shard(file, chance):
    away = file.parent.parent / f"away-{file.name}"
    file.rename(away)
    file.symlink_to(away)


def named_socket(file, chance):
    file.unlink()
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(file.parent)  # a socket's path is short
        made.bind(file.name)
        os.chdir(here)


def of_another_place(file, chance):
    """A sound shard under the number of another one."""
    usual = 2 * file.stat().st_size
    others = [other for other in sorted(file.parent.glob("*.h5")) if other.is_file() and other != file]
    # One that has this shard's place and bytes from another such damage would mend it.
    others = [other for other in others if other.stat().st_size < usual and other.name[12:] != file.name[12:]]
    other = chance.choice(others)
    file.unlink()
    (file.parent / f"{file.name[:12]}{other.name[12:]}").write_bytes(other.read_bytes())


DAMAGES = (
    truncated,
    emptied,
    bit_flipped,
    bytes_flipped,
    sector_zeroed,
    seal_changed,
    lengthened,
    grown_sparse,
    garbage,
    folder,
    pipe,
    link_to_itself,
    link_to_endless_zeros,
    link_to_a_sound_shard,
    named_socket,
    of_another_place,
)
GARBAGE_NAMES = (
    "x",
    "-rf",
    "000000000001.h5",
    "000000000001-.h5",
    "99999999999999999999999-" + "0" * 64 + ".h5",
    "00000000000a-" + "0" * 64 + ".h5",
    "new\nline \x1b[31m\u202e.h5",
    "a" * 250,
    b"not \xff utf-8",
)
