/** The families of published networks, a file or two each: the blocks, then the network. */
package org.elasticvision.convert.zoo.family;
