/** Files in Hugging Face's safetensors format, in and out; headers are bounded and checked as the format says. */
package org.elasticvision.convert.checkpoint.safetensors;
