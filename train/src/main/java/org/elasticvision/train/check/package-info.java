/**
 * What a training run would meet in a data set, before it is started. {@code DataCheck} asks training's own readers what they refuse, lists
 * the images ({@code listing}), reads each once as training does ({@code look}), compares them ({@code twin}) and collects what it finds
 * ({@code finding}). {@code elastic check} calls it; {@code page} shows it. Nothing here needs LibTorch. Read {@code DataCheck} first.
 */
@Internal
package org.elasticvision.train.check;

import org.elasticvision.runtime.base.Internal;
