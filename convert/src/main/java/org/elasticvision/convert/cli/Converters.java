package org.elasticvision.convert.cli;

import java.util.function.Function;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.convert.tensorrt.Batches;
import org.elasticvision.convert.tensorrt.MemorySize;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the texts of options into values, for picocli; a text that cannot be one is wrong usage, with the value's own message. */
public final class Converters {
    /** Of handwritten digits in the oldest collections. */
    private static final int SMALLEST_SIDE = 8;

    private Converters() {}

    private abstract static class Parsing<T> implements ITypeConverter<T> {
        private final Function<String, T> parser;

        Parsing(Function<String, T> parser) {
            this.parser = parser;
        }

        @Override
        public T convert(String text) {
            try {
                return parser.apply(text);
            } catch (ElasticVisionException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Architectures. */
    public static final class ToArchitecture extends Parsing<Architecture> {
        /** Called by picocli. */
        public ToArchitecture() {
            super(Architecture::of);
        }
    }

    /** Tasks. */
    public static final class ToTask extends Parsing<Task> {
        /** Called by picocli. */
        public ToTask() {
            super(Task::of);
        }
    }

    /** Input sizes. */
    public static final class ToInputSize extends Parsing<InputSize> {
        /** Called by picocli. */
        public ToInputSize() {
            super(text -> InputSize.parse(text, SMALLEST_SIDE));
        }
    }

    /** Batches of a model. */
    public static final class ToBatch extends Parsing<BatchDimension> {
        /** Called by picocli. */
        public ToBatch() {
            super(BatchDimension::parse);
        }
    }

    /** Operator sets. */
    public static final class ToOpset extends Parsing<Opset> {
        /** Called by picocli. */
        public ToOpset() {
            super(Opset::parse);
        }
    }

    /** Forms of weights. */
    public static final class ToInt8Weights extends Parsing<Int8Weights> {
        /** Called by picocli. */
        public ToInt8Weights() {
            super(Int8Weights::of);
        }
    }

    /** Batches of an engine. */
    public static final class ToBatchRange extends Parsing<BatchRange> {
        /** Called by picocli. */
        public ToBatchRange() {
            super(Batches::parse);
        }
    }

    /** Amounts of memory. */
    public static final class ToMemorySize extends Parsing<MemorySize> {
        /** Called by picocli. */
        public ToMemorySize() {
            super(MemorySize::parse);
        }
    }
}
