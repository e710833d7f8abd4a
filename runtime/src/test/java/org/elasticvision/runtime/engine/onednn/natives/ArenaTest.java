package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArenaTest {
    private record Life(Arena.Place place, long bytes, int from, int to) {
        boolean meets(Life other) {
            boolean sameTime = from <= other.to && other.from <= to;
            boolean samePlace = place.offset() < other.place.offset() + other.bytes
                    && other.place.offset() < place.offset() + bytes;
            return sameTime && samePlace;
        }
    }

    @Test
    void whatLivesAtTheSameTimeSharesNothing() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            Arena arena = new Arena();
            List<Life> lives = new ArrayList<>();
            long sum = 0;
            for (int i = random.nextInt(40); i >= 0; i--) {
                long bytes = 1L + random.nextInt(random.nextBoolean() ? 100 : 100_000);
                int from = random.nextInt(30);
                int to = from + random.nextInt(6);
                Arena.Place place = arena.place(bytes, from, to);
                if (random.nextInt(5) == 0) {
                    to += random.nextInt(10);
                    place.keepUntil(to);
                    place.keepUntil(from); // earlier than it is known to live: changes nothing
                }
                lives.add(new Life(place, bytes, from, to));
                sum += (bytes + 63) / 64 * 64;
            }
            long total = arena.layOut();
            assertThat(total).isLessThanOrEqualTo(sum);
            for (Life life : lives) {
                assertThat(life.place.offset()).isNotNegative();
                assertThat(life.place.offset() % 64).isZero();
                assertThat(life.place.offset() + life.bytes).isLessThanOrEqualTo(total);
                assertThat(lives).filteredOn(life::meets).containsExactly(life); // itself alone
            }
        }
    }

    @Test
    void whatFollowsEachOtherSharesMemory() {
        Arena arena = new Arena();
        Arena.Place first = arena.place(1000, 0, 1);
        Arena.Place second = arena.place(1000, 1, 2);
        Arena.Place third = arena.place(900, 2, 3);
        assertThat(arena.layOut()).isEqualTo(2048);
        assertThat(third.offset()).isEqualTo(first.offset()).isNotEqualTo(second.offset());
    }

    @Test
    void anEmptyOneTakesNothing() {
        assertThat(new Arena().layOut()).isZero();
    }
}
