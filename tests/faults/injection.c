/* Makes chosen calls of a program fail. Preloaded by the tests of this folder, told by the environment:
 *
 *   FAULT_UNDER    only calls on this folder and paths below it count
 *   FAULT_KIND     the kind of call that fails, as it stands in the report; "memory" for
 *                  allocations, "new" for those of C++
 *   FAULT_AT       the number of the call that fails, from 1
 *   FAULT_ERROR    the errno it fails with; 0: a write or read moves half of its bytes only; -1: it
 *                  waits for two seconds and does not fail
 *   FAULT_LASTING  1: all calls of the kind from that one on fail
 *   FAULT_FLOOR    smallest allocation that counts, in bytes
 *   FAULT_REPORT   a file that gets a line "kind path" for each call that counts, "!kind path" where
 *                  it was made to fail
 *
 * The system calls' own declarations are variadic or attributed, hence C and two macros.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The function of this name that would be called without this library. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { most_files = 4096, nothing_fails = -1, waits = -1 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static char *names[most_files]; /* paths of open files below the folder */
static const char *folder;
static const char *failing_kind;
static long fails_at;
static int fails_with;
static int is_lasting;
static size_t floor_bytes;
static long calls;
static int report = -1;
static int is_ready;

static int find_new(struct dl_phdr_info *library, size_t size, void *nothing);

static long number_of(const char *name) {
  const char *text = getenv(name);
  return text == NULL ? 0 : strtol(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULT_UNDER");
  failing_kind = getenv("FAULT_KIND");
  fails_at = number_of("FAULT_AT");
  fails_with = (int)number_of("FAULT_ERROR");
  is_lasting = number_of("FAULT_LASTING") != 0;
  floor_bytes = (size_t)number_of("FAULT_FLOOR");
  const char *place = getenv("FAULT_REPORT");
  if (place != NULL) {
    const int file = NEXT(open)(place, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* A high number, so that the program's own files have the numbers they would have. */
    report = fcntl(file, F_DUPFD_CLOEXEC, most_files / 8);
    NEXT(close)(file);
  }
  dl_iterate_phdr(find_new, NULL);
  is_ready = 1;
}

static void tell(int is_failing, const char *kind, const char *path) {
  char line[PATH_MAX + 64];
  const int size = snprintf(line, sizeof line, "%s%s %s\n", is_failing ? "!" : "", kind, path);
  if (report >= 0 && size > 0) (void)!NEXT(write)(report, line, (size_t)size);
}

/* What this call shall fail with; nothing_fails where it shall go on. */
static int fault_of(const char *kind, const char *path) {
  const int here = errno;
  if (!is_ready || path == NULL || folder == NULL) return nothing_fails;
  const size_t size = strlen(folder);
  if (strncmp(path, folder, size) != 0 || (path[size] != '/' && path[size] != '\0')) return nothing_fails;
  pthread_mutex_lock(&gate);
  const int is_meant = failing_kind != NULL && strcmp(kind, failing_kind) == 0;
  if (is_meant) ++calls;
  const int is_failing =
      is_meant && fails_at > 0 && (calls == fails_at || (is_lasting && calls > fails_at));
  tell(is_failing, kind, path);
  pthread_mutex_unlock(&gate);
  if (is_failing && fails_with == waits) {
    sleep(2);
    return nothing_fails;
  }
  errno = is_failing ? fails_with : here;
  return is_failing ? fails_with : nothing_fails;
}

static void remember(int file, const char *path) {
  if (file < 0 || file >= most_files) return;
  pthread_mutex_lock(&gate);
  free(names[file]);
  names[file] = path == NULL ? NULL : strdup(path);
  pthread_mutex_unlock(&gate);
}

static const char *name_of(int file) {
  return file >= 0 && file < most_files ? names[file] : NULL;
}

/* The whole path behind a folder's descriptor and a name. */
static const char *joined(int at, const char *path, char *place) {
  if (path[0] == '/' || name_of(at) == NULL) return path;
  snprintf(place, PATH_MAX, "%s/%s", name_of(at), path);
  return place;
}

/* ---- opening and closing ---- */

static int open_at(int at, const char *path, int flags, mode_t mode) {
  char place[PATH_MAX];
  const char *whole = joined(at, path, place);
  const int is_written = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  if (fault_of(is_written ? "create" : "open", whole) >= 0) return -1;
  const int file = NEXT(openat)(at, path, flags, mode);
  remember(file, folder != NULL && strncmp(whole, folder, strlen(folder)) == 0 ? whole : NULL);
  return file;
}

static mode_t mode_in(int flags, va_list list) {
  return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? (mode_t)va_arg(list, int) : 0;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int at, const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(at, path, flags, mode);
}

int __open_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }

int close(int file) {
  const int fault = fault_of("close", name_of(file));
  remember(file, NULL);
  const int status = NEXT(close)(file); /* closed all the same, as the kernel does it */
  if (fault < 0) return status;
  errno = fault;
  return -1;
}

DIR *opendir(const char *path) {
  return fault_of("list", path) >= 0 ? NULL : NEXT(opendir)(path);
}

DIR *fdopendir(int file) {
  return fault_of("list", name_of(file)) >= 0 ? NULL : NEXT(fdopendir)(file);
}

int closedir(DIR *entries) {
  remember(dirfd(entries), NULL);
  return NEXT(closedir)(entries);
}

/* ---- reading and writing ---- */

/* How many bytes may move: all, half of them, or none since the call fails. */
static ssize_t allowed(const char *kind, int file, size_t count) {
  const int fault = fault_of(kind, name_of(file));
  if (fault > 0) return -1;
  return (ssize_t)(fault == 0 && count > 1 ? count / 2 : count);
}

ssize_t write(int file, const void *bytes, size_t count) {
  const ssize_t most = allowed("write", file, count);
  return most < 0 ? -1 : NEXT(write)(file, bytes, (size_t)most);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
  const ssize_t most = allowed("write", file, count);
  return most < 0 ? -1 : NEXT(pwrite)(file, bytes, (size_t)most, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
  return pwrite(file, bytes, count, place);
}

ssize_t read(int file, void *bytes, size_t count) {
  const ssize_t most = allowed("read", file, count);
  return most < 0 ? -1 : NEXT(read)(file, bytes, (size_t)most);
}

ssize_t pread(int file, void *bytes, size_t count, off_t place) {
  const ssize_t most = allowed("read", file, count);
  return most < 0 ? -1 : NEXT(pread)(file, bytes, (size_t)most, place);
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t place) {
  return pread(file, bytes, count, place);
}

ssize_t __read_chk(int file, void *bytes, size_t count, size_t room) {
  return read(file, bytes, count < room ? count : room);
}

int fsync(int file) { return fault_of("sync", name_of(file)) >= 0 ? -1 : NEXT(fsync)(file); }

int fdatasync(int file) {
  return fault_of("sync", name_of(file)) >= 0 ? -1 : NEXT(fdatasync)(file);
}

int ftruncate(int file, off_t size) {
  return fault_of("resize", name_of(file)) >= 0 ? -1 : NEXT(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) { return ftruncate(file, size); }

int fallocate(int file, int mode, off_t place, off_t size) {
  return fault_of("resize", name_of(file)) >= 0 ? -1 : NEXT(fallocate)(file, mode, place, size);
}

int posix_fallocate(int file, off_t place, off_t size) { /* returns its error */
  const int fault = fault_of("resize", name_of(file));
  return fault >= 0 ? fault : NEXT(posix_fallocate)(file, place, size);
}

int flock(int file, int what) {
  return fault_of("lock", name_of(file)) >= 0 ? -1 : NEXT(flock)(file, what);
}

int fstat(int file, struct stat *status) {
  return fault_of("stat", name_of(file)) >= 0 ? -1 : NEXT(fstat)(file, status);
}

/* ---- names ---- */

int mkdir(const char *path, mode_t mode) {
  return fault_of("mkdir", path) >= 0 ? -1 : NEXT(mkdir)(path, mode);
}

/* A name that is given: the report says before it which file gets it. */
static int naming_fails(const char *kind, const char *from, const char *to) {
  fault_of("from", from);
  return fault_of(kind, to) >= 0;
}

int rename(const char *from, const char *to) {
  return naming_fails("rename", from, to) ? -1 : NEXT(rename)(from, to);
}

int renameat2(int at, const char *from, int there, const char *to, unsigned flags) {
  return naming_fails("rename2", from, to) ? -1 : NEXT(renameat2)(at, from, there, to, flags);
}

int link(const char *from, const char *to) {
  return naming_fails("link", from, to) ? -1 : NEXT(link)(from, to);
}

int unlink(const char *path) { return fault_of("remove", path) >= 0 ? -1 : NEXT(unlink)(path); }
int remove(const char *path) { return fault_of("remove", path) >= 0 ? -1 : NEXT(remove)(path); }
int rmdir(const char *path) { return fault_of("remove", path) >= 0 ? -1 : NEXT(rmdir)(path); }

int unlinkat(int at, const char *path, int flags) {
  char place[PATH_MAX];
  if (fault_of("remove", joined(at, path, place)) >= 0) return -1;
  return NEXT(unlinkat)(at, path, flags);
}

/* The program reaches renameat2 by its number; everything else that does so passes. */
long syscall(long number, ...) {
  long words[6];
  va_list list;
  va_start(list, number);
  for (int index = 0; index < 6; ++index) words[index] = va_arg(list, long);
  va_end(list);
  const int is_naming = number == SYS_renameat2;
  if (is_naming && naming_fails("rename2", (char *)words[1], (char *)words[3])) return -1;
  return NEXT(syscall)(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

/* ---- memory ---- */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

/* Where the code of libstdc++ lies, whose operator new calls malloc. */
static const char *new_begin;
static const char *new_end;

static int find_new(struct dl_phdr_info *library, size_t size, void *nothing) {
  (void)size;
  (void)nothing;
  if (strstr(library->dlpi_name, "libstdc++") == NULL) return 0;
  for (int index = 0; index < library->dlpi_phnum; ++index) {
    const ElfW(Phdr) *part = &library->dlpi_phdr[index];
    if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0) continue;
    new_begin = (const char *)(library->dlpi_addr + part->p_vaddr);
    new_end = new_begin + part->p_memsz;
  }
  return 1;
}

static int counts_memory(void) { return failing_kind != NULL && strcmp(failing_kind, "memory") == 0; }
static int counts_new(void) { return failing_kind != NULL && strcmp(failing_kind, "new") == 0; }

static int memory_fails(size_t size, const char *caller) {
  if (!is_ready || size < floor_bytes) return 0;
  if (!counts_memory() && !(counts_new() && caller >= new_begin && caller < new_end)) return 0;
  const long call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  const int is_failing = fails_at > 0 && (call == fails_at || (is_lasting && call > fails_at));
  if (is_failing) errno = ENOMEM;
  return is_failing;
}

/* How many allocations there were, for whoever chooses one of them. */
__attribute__((destructor)) static void finish(void) {
  char count[32];
  if (!counts_memory() && !counts_new()) return;
  snprintf(count, sizeof count, "%ld", calls);
  tell(0, failing_kind, count);
}

/* Who called the function that asks: libstdc++, or another. */
#define CALLER ((const char *)__builtin_return_address(0))

void *malloc(size_t size) { return memory_fails(size, CALLER) ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) {
  return memory_fails(count * size, CALLER) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  return memory_fails(size, CALLER) ? NULL : __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return memory_fails(size, CALLER) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  void *found = memory_fails(size, CALLER) ? NULL : __libc_memalign(alignment, size);
  if (found == NULL) return ENOMEM;
  *block = found;
  return 0;
}
