/**
 * The zoo: all networks that can be trained and converted ({@link org.elasticvision.convert.zoo.Architecture}), and the weight
 * files that were released for them.
 *
 * <p>What a network is stands in {@code zoo.network}; its layers in {@code zoo.layer}; the operations on them in {@code zoo.ops};
 * each family in a folder of its own under {@code zoo.family}, and no layer name of a family anywhere else.
 */
package org.elasticvision.convert.zoo;
