/** What an engine file cannot say of itself, and the JSON file beside it that does; written by the converter, read here. */
package org.elasticvision.runtime.engine.tensorrt.file;
