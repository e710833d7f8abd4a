package org.bytedeco.opencl.presets;

/**
 * Stands in for the class of the same name in JavaCPP's OpenCL preset, which oneDNN's names for its GPU engine. Without a class of this
 * name oneDNN's preset does not load; with the real one it loads only where OpenCL is installed. On a CPU neither is needed.
 */
public class OpenCL {}
