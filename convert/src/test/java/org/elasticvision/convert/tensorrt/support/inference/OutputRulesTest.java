package org.elasticvision.convert.tensorrt.support.inference;

import org.elasticvision.convert.tensorrt.support.SupportTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The table of what operators put out; what its rules find is tested with those that look at types and ranks. */
class OutputRulesTest {
    @Test
    void isOfOperatorsThatOnnxHas() {
        assertThat(OutputRules.operators()).hasSize(113).isSubsetOf(SupportTable.PUBLISHED.operators());
    }

    @Test
    void whatHasNoLineGivesTheTypeOfItsFirstInput() {
        assertThat(OutputRules.of("Sinh")).isSameAs(OutputRules.of("MyOwn"));
        assertThat(OutputRules.of("Sinh").types()).hasSize(1);
        assertThat(OutputRules.of("Sinh").random()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X\tFP33\t-",
                "X\tinput one\t-",
                "X\tinput 0\tnonsense",
                "X\tinput 0\t-\tnonsense",
                "X\tinput 0",
                "X\tinput 0\t-\tcopy\tmore"
            })
    void aLineThatMeansNothingIsNotSwallowed(String line) {
        assertThatThrownBy(() -> OutputRules.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
