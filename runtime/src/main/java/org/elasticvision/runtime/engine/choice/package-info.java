/**
 * By what rule the faster of two engines for processors is chosen: a table of measured speeds, {@code cpu-engines.tsv}, in which
 * {@link org.elasticvision.runtime.engine.choice.SpeedTable} looks up the processor's
 * {@link org.elasticvision.runtime.engine.choice.InstructionLevel} and the {@link org.elasticvision.runtime.engine.choice.ModelKind}.
 * What came of it is an {@link org.elasticvision.runtime.engine.choice.EngineChoice}. Nothing here opens a model or loads a library.
 */
package org.elasticvision.runtime.engine.choice;
