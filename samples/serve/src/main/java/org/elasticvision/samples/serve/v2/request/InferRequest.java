package org.elasticvision.samples.serve.v2.request;

import java.util.List;
import java.util.Map;

/**
 * A request to infer, its tensors read.
 *
 * @param id to be sent back; null where it has none
 * @param input the one tensor
 * @param parameters of the request by name, each as text
 * @param outputs those asked for; empty for all
 * @param binary whether outputs that say nothing themselves, or all, are wanted as binary data
 */
public record InferRequest(
        String id, NamedTensor input, Map<String, String> parameters, List<Wanted> outputs, boolean binary) {

    /**
     * An output that is asked for.
     *
     * @param binary whether as binary data; null where it does not say
     */
    public record Wanted(String name, Boolean binary) {}

    /** {@return whether an output is wanted as binary data} */
    public boolean isBinary(String output) {
        for (Wanted wanted : outputs) {
            if (wanted.name().equals(output) && wanted.binary() != null) {
                return wanted.binary();
            }
        }
        return binary;
    }
}
