package org.elasticvision.convert.cli;

import java.util.function.Function;
import org.elasticvision.convert.onnx.Batch;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.quantize.WeightForm;
import org.elasticvision.convert.tensorrt.Batches;
import org.elasticvision.convert.tensorrt.MemorySize;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.BatchRange;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the texts of options into values, for picocli; a text that cannot be one is wrong usage, with the value's own message. */
public final class Converters {
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

    public static final class ToArchitecture extends Parsing<Architecture> {
        public ToArchitecture() {
            super(Architecture::of);
        }
    }

    public static final class ToTask extends Parsing<Task> {
        public ToTask() {
            super(Task::of);
        }
    }

    public static final class ToInputSize extends Parsing<InputSize> {
        public ToInputSize() {
            super(InputSize::parse);
        }
    }

    public static final class ToBatch extends Parsing<Batch> {
        public ToBatch() {
            super(Batch::parse);
        }
    }

    public static final class ToOpset extends Parsing<Opset> {
        public ToOpset() {
            super(Opset::parse);
        }
    }

    public static final class ToWeightForm extends Parsing<WeightForm> {
        public ToWeightForm() {
            super(WeightForm::of);
        }
    }

    public static final class ToBatchRange extends Parsing<BatchRange> {
        public ToBatchRange() {
            super(Batches::parse);
        }
    }

    public static final class ToMemorySize extends Parsing<MemorySize> {
        public ToMemorySize() {
            super(MemorySize::parse);
        }
    }
}
