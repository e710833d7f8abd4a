package org.elasticvision.convert.cli;

import java.util.function.Function;
import org.elasticvision.convert.onnx.Batch;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the texts of options into values; a text that cannot be one is wrong usage, with the value's own message. */
final class Converters {
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

    static final class ToArchitecture extends Parsing<Architecture> {
        ToArchitecture() {
            super(Architecture::of);
        }
    }

    static final class ToTask extends Parsing<Task> {
        ToTask() {
            super(Task::of);
        }
    }

    static final class ToInputSize extends Parsing<InputSize> {
        ToInputSize() {
            super(InputSize::parse);
        }
    }

    static final class ToBatch extends Parsing<Batch> {
        ToBatch() {
            super(Batch::parse);
        }
    }

    static final class ToOpset extends Parsing<Opset> {
        ToOpset() {
            super(Opset::parse);
        }
    }
}
