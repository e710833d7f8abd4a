package org.elasticvision.convert.zoo.ops;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a ReLU or a sum is given first is used by nothing else, in every network: an interpreter may write over it. */
class UsedUpValuesTest {
    private static final Set<String> WRITE_OVER = Set.of("relu", "add");

    static Stream<Architecture> architectures() {
        return Architecture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void areUsedOnce(Architecture architecture) {
        for (Task task : Task.values()) {
            if (architecture.supports(task)) {
                UseCounter counter = new UseCounter();
                // At odd sizes elastic blocks pad and crop as well; some classifiers take 224 only.
                int size = task.isPerPixel() ? 225 : 224;
                Value image = new Value(new Shape(3, size, size));
                Value answer = architecture.network(task, 5).forward(counter.ops(), image);
                assertThat(counter.usedUp).as("%s, %s", architecture, task).isNotEmpty();
                assertThat(counter.usedTwice()).as("%s, %s", architecture, task).isEmpty();
                assertThat(counter.usedUp).as("the answer").doesNotContain(answer);
            }
        }
    }

    @Test
    void aSecondUseIsFound() {
        UseCounter counter = new UseCounter();
        LayerOps<Value> ops = counter.ops();
        Value x = new Value(new Shape(1, 2, 2));
        ops.concat(List.of(ops.relu(x), ops.sigmoid(x)));
        assertThat(counter.usedTwice()).containsExactly(x);
    }

    /** One value of a network: equal to itself only. */
    private static final class Value {
        private final Shape shape;

        Value(Shape shape) {
            this.shape = shape;
        }

        @Override
        public String toString() {
            return shape.toString();
        }
    }

    /** Interprets a network as shapes, and counts what reads each value. */
    private static final class UseCounter implements InvocationHandler {
        private final LayerOps<Shape> shapes = new ShapeOps();
        private final IdentityHashMap<Value, Integer> uses = new IdentityHashMap<>();
        private final Set<Value> usedUp = Collections.newSetFromMap(new IdentityHashMap<>());

        @SuppressWarnings("unchecked")
        LayerOps<Value> ops() {
            return (LayerOps<Value>)
                    Proxy.newProxyInstance(LayerOps.class.getClassLoader(), new Class<?>[] {LayerOps.class}, this);
        }

        List<Value> usedTwice() {
            return usedUp.stream().filter(value -> uses.get(value) > 1).toList();
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.isDefault()) { // parts and blocks, which compute nothing themselves
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            if (method.getName().equals("shape")) {
                return ((Value) arguments[0]).shape;
            }
            List<Value> inputs = new ArrayList<>();
            Object[] plain =
                    Arrays.stream(arguments).map(one -> plain(one, inputs)).toArray();
            inputs.forEach(input -> uses.merge(input, 1, Integer::sum));
            if (WRITE_OVER.contains(method.getName())) {
                usedUp.add(inputs.get(0));
            }
            try {
                return new Value((Shape) method.invoke(shapes, plain));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static Object plain(Object argument, List<Value> inputs) {
            if (argument instanceof Value value) {
                inputs.add(value);
                return value.shape;
            }
            if (argument instanceof List<?> values) {
                return values.stream().map(one -> plain(one, inputs)).toList();
            }
            return argument;
        }
    }
}
