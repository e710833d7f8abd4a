/* Stands in for CUDA's library as it answers where there is a driver but no GPU. */
int cudaRuntimeGetVersion(int *version) {
    *version = 13010;
    return 0;
}

int cudaDriverGetVersion(int *version) {
    *version = 13020;
    return 0;
}

int cudaGetDeviceCount(int *count) {
    *count = 0;
    return 100; /* cudaErrorNoDevice */
}

const char *cudaGetErrorString(int error) {
    return error == 100 ? "no CUDA-capable device is detected" : "another error";
}
