/**
 * The unpickler: Python's pickles read without running anything of them.
 *
 * <p>{@code PickleInput} gives the opcodes' bytes within a budget that the file's size sets; {@code TensorUnpickler} keeps the stack; {@code
 * Globals} says what each name stands for: a tensor's rebuild, a plain container, a harmless value, or a placeholder that remembers its arguments
 * ({@code pickle.value}). Names that run code are refused wherever they are ({@code HarmfulNames}). docs/decisions/own-unpickler.md says why.
 */
@Internal
package org.elasticvision.convert.checkpoint.pickle;

import org.elasticvision.runtime.base.Internal;
