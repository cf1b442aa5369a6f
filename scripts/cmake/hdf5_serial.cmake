# The serial C library of HDF5, and no other. Debian can hold a serial and an MPI build at the same
# time, and then pkg-config's `hdf5` and CMake's FindHDF5 may answer with the MPI one, whose headers
# ask for mpi.h. The serial files have names of their own, so they are asked for by name.
find_path(HDF5_SERIAL_INCLUDE_DIR hdf5.h PATH_SUFFIXES hdf5/serial)
find_library(HDF5_SERIAL_LIBRARY NAMES hdf5_serial hdf5 PATH_SUFFIXES hdf5/serial)
find_library(HDF5_SERIAL_HL_LIBRARY NAMES hdf5_serial_hl hdf5_hl PATH_SUFFIXES hdf5/serial)
mark_as_advanced(HDF5_SERIAL_INCLUDE_DIR HDF5_SERIAL_LIBRARY HDF5_SERIAL_HL_LIBRARY)
flywheel_require(HDF5_SERIAL_INCLUDE_DIR "HDF5 (hdf5.h)" libhdf5-dev)
flywheel_require(HDF5_SERIAL_LIBRARY "HDF5 (the serial library)" libhdf5-dev)
flywheel_require(HDF5_SERIAL_HL_LIBRARY "HDF5 (the serial high-level library)" libhdf5-dev)

# Some systems choose the word size in a wrapper header, so all of them are read.
file(GLOB hdf5_settings ${HDF5_SERIAL_INCLUDE_DIR}/H5pubconf*.h)
foreach(header IN LISTS hdf5_settings)
  file(STRINGS ${header} parallel_line REGEX "^#define H5_HAVE_PARALLEL 1")
  if(parallel_line)
    message(FATAL_ERROR "${header} belongs to an MPI build of HDF5; the serial one is needed "
                        "(Debian: libhdf5-dev), or set HDF5_SERIAL_INCLUDE_DIR and "
                        "HDF5_SERIAL_LIBRARY")
  endif()
endforeach()

add_library(hdf5_serial INTERFACE)
target_include_directories(hdf5_serial SYSTEM INTERFACE ${HDF5_SERIAL_INCLUDE_DIR})
target_link_libraries(hdf5_serial INTERFACE ${HDF5_SERIAL_HL_LIBRARY} ${HDF5_SERIAL_LIBRARY})
target_link_libraries(flywheel_libraries INTERFACE hdf5_serial)
