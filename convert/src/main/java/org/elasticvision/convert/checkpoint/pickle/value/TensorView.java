package org.elasticvision.convert.checkpoint.pickle.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.elasticvision.convert.checkpoint.tensor.DType;

/**
 * Which elements of a storage make up a tensor. All of them are checked to lie within it.
 *
 * @param storage the key of the storage
 * @param firstByte where in the storage element [0, 0, …] is
 * @param shape sizes of the dimensions
 * @param stride per dimension, how many elements apart neighbours are
 * @param elementCount product of the shape
 * @param span elements from the first to the last, gaps included
 * @param negative whether the values are the stored ones with the other sign
 */
public record TensorView(
        String storage,
        DType type,
        long firstByte,
        List<Long> shape,
        List<Long> stride,
        long elementCount,
        long span,
        boolean negative) {
    /**
     * The most elements of a tensor that has more of them than its storage, as {@code expand} makes: a few bytes of a file
     * must not ask for any amount of memory.
     */
    private static final long MAX_REPEATED = 1 << 20;

    public static TensorView of(
            Storage.Part part, DType type, long offset, List<Long> shape, List<Long> stride, boolean negative) {
        String what = "a tensor of shape " + shape + " and strides " + stride + " at offset " + offset;
        if (shape.size() != stride.size()) {
            throw PickleRefusal.damaged(what + " has not as many strides as sizes");
        }
        if (offset < 0
                || shape.stream().anyMatch(size -> size < 0)
                || stride.stream().anyMatch(step -> step < 0)) {
            throw PickleRefusal.damaged(what + " has a negative number");
        }
        try {
            long count = shape.contains(0L) ? 0 : product(shape);
            long span = count == 0 ? 0 : span(shape, stride);
            long available = part.bytes() / type.bytes();
            if (span > 0 && Math.addExact(offset, span) > available) {
                throw PickleRefusal.damaged(what + " reaches beyond its storage of " + available + " elements");
            }
            if (count > span && count > MAX_REPEATED) {
                throw new Unread("a tensor of shape " + shape + " and strides " + stride
                        + ", which repeats the elements of its storage; save it with .clone()");
            }
            long firstByte = span == 0 ? 0 : part.firstByte() + offset * type.bytes();
            return new TensorView(part.whole().key(), type, firstByte, shape, stride, count, span, negative);
        } catch (ArithmeticException e) {
            throw PickleRefusal.damaged(what + " is larger than any storage");
        }
    }

    /** The strides of a tensor that lies row-major without gaps. */
    public static List<Long> contiguous(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step = Math.multiplyExact(step, Math.max(1, shape.get(i)));
        }
        return List.of(strides);
    }

    /** The slices from {@code start} on along one dimension. */
    public TensorView narrow(int dimension, long start, long length) {
        Objects.checkFromIndexSize(start, length, shape.get(dimension));
        List<Long> sizes = new ArrayList<>(shape);
        sizes.set(dimension, length);
        long count = sizes.contains(0L) ? 0 : product(sizes);
        return new TensorView(
                storage,
                type,
                count == 0 ? firstByte : firstByte + start * stride.get(dimension) * type.bytes(),
                List.copyOf(sizes),
                stride,
                count,
                count == 0 ? 0 : span(sizes, stride),
                negative);
    }

    /** Whether the elements lie row-major without gaps. */
    public boolean isContiguous() {
        if (elementCount == 0) {
            return true;
        }
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && stride.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }

    /** For each element in row-major order, how many elements after the first it lies. */
    public int[] order() {
        int[] order = new int[Math.toIntExact(elementCount)];
        long[] index = new long[shape.size()];
        long at = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = Math.toIntExact(at);
            for (int d = index.length - 1; d >= 0; d--) {
                index[d]++;
                at += stride.get(d);
                if (index[d] < shape.get(d)) {
                    break;
                }
                at -= index[d] * stride.get(d);
                index[d] = 0;
            }
        }
        return order;
    }

    private static long product(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    private static long span(List<Long> shape, List<Long> stride) {
        long last = 0;
        for (int i = 0; i < shape.size(); i++) {
            last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, stride.get(i)));
        }
        return Math.addExact(last, 1);
    }
}
