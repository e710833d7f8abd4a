package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places in one block of memory for values that live for some steps each; those that do not live at the same time share memory. For one
 * thread.
 */
final class Arena {
    private static final long ALIGNMENT = 64;

    private final List<Place> places = new ArrayList<>();

    /** Where a value lies. */
    static final class Place {
        private final long size;
        private final int from;
        private int to;
        private long offset = -1;

        private Place(long size, int from, int to) {
            this.size = size;
            this.from = from;
            this.to = to;
        }

        /** Lets another value take it over, until a later step. */
        void keepUntil(int step) {
            to = Math.max(to, step);
        }

        /** {@return whether nothing reads it after a step} */
        boolean isFreeAfter(int step) {
            return to <= step;
        }

        long offset() {
            return offset;
        }
    }

    /**
     * {@return a place, without its offset yet}
     *
     * @param bytes that it has at least
     * @param from the step that writes it
     * @param to the last step that reads it
     */
    Place place(long bytes, int from, int to) {
        Place place = new Place((bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, from, to);
        places.add(place);
        return place;
    }

    /**
     * Gives each place an offset: the largest first, each in the lowest gap between those that live at the same time.
     *
     * @return bytes of the whole block
     */
    long layOut() {
        List<Place> placed = new ArrayList<>();
        List<Place> order = new ArrayList<>(places);
        order.sort(Comparator.comparingLong((Place place) -> place.size).reversed());
        long end = 0;
        for (Place place : order) {
            List<Place> alive = placed.stream()
                    .filter(other -> other.from <= place.to && place.from <= other.to)
                    .sorted(Comparator.comparingLong(Place::offset))
                    .toList();
            long offset = 0;
            for (Place other : alive) {
                if (other.offset - offset >= place.size) {
                    break;
                }
                offset = Math.max(offset, other.offset + other.size);
            }
            place.offset = offset;
            placed.add(place);
            end = Math.max(end, offset + place.size);
        }
        return end;
    }
}
