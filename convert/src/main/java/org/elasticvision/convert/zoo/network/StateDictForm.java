package org.elasticvision.convert.zoo.network;

import java.util.List;
import java.util.Optional;

/** How a state dict names and cuts the tensors of a network. */
@FunctionalInterface
public interface StateDictForm {
    /** The zoo's own. */
    StateDictForm OWN = name -> List.of(Piece.whole(name));

    /**
     * A tensor of the zoo's network, as a part of one of the state dict's.
     *
     * @param name in the zoo's network
     * @param dimension along which the state dict's tensor is cut
     * @param index of the part
     * @param count of the equal parts, 1 for the whole tensor
     */
    record Piece(String name, int dimension, int index, int count) {
        /** All of a tensor, perhaps under another name. */
        public static Piece whole(String name) {
            return new Piece(name, 0, 0, 1);
        }
    }

    /** {@return what a tensor of the state dict is in the zoo's network} */
    List<Piece> pieces(String name);

    /** {@return the network that computes what the state dict's own does, from one with the tensors that the zoo knows} */
    default Network adapt(Network network) {
        return network;
    }

    /** {@return what the user should know about it; empty where there is nothing to say} */
    default Optional<String> description() {
        return Optional.empty();
    }

    /** {@return what a person should know who trains the zoo's network from it; empty where there is nothing to say} */
    default Optional<String> trainingNote() {
        return Optional.empty();
    }

    /** {@return what is said first of a state dict whose names are in this form but whose shapes fit no network} */
    default Optional<String> misfitNote() {
        return Optional.empty();
    }
}
