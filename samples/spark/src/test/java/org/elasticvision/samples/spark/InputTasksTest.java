package org.elasticvision.samples.spark;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InputTasksTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1000, 2, 1",
        "15, 1000, 64, 1",
        "100, 1000, 2, 6",
        "2000, 1000, 2, 8",
        "2000, 25, 2, 80",
        "10000000, 1000, 64, 10000",
        "10000000000000, 1, 64, 2147483647"
    })
    void tasksAreManyEnoughForTheCoresAndSmallEnough(long images, int mostPerTask, int cores, int tasks) {
        assertThat(InputOptions.tasks(images, mostPerTask, cores)).isEqualTo(tasks);
    }
}
