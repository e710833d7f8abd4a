/**
 * Networks as numbers in, numbers out: the one door to the libraries that run them, none of whose types is seen here.
 *
 * <p>{@link org.elasticvision.runtime.engine.Engine} comes first: models open one by {@code Engine.open(file, options)}, training and
 * conversion check what they wrote with it. Which library opens a file is found, not known:
 * {@link org.elasticvision.runtime.engine.EngineProvider}s on the class path say what they open and on what they run it, and
 * {@code EngineSearch} asks them. ONNX Runtime, oneDNN and TensorRT are three of these, each in a package below this one that nothing
 * else depends on; {@code auto} hands files on to one of the first two. {@code docs/engines.md} tells the user's side, {@code docs/howto/add-an-engine.md} what a third takes.
 */
package org.elasticvision.runtime.engine;
