/* Stands in for NVIDIA's driver on a machine without a GPU: the bridge to CUDA loads, whatever it calls says so. */
int cuInit(unsigned int flags) {
    (void)flags;
    return 100; /* CUDA_ERROR_NO_DEVICE */
}
