/**
 * What to train if nobody says it: {@link org.elasticvision.train.proposal.DataFacts} looks at a data set, {@link
 * org.elasticvision.train.proposal.Proposal} makes architecture, input size and recipe of it. {@code elastic train DATA} prints them as
 * options. Read {@code Proposal} first.
 */
@Internal
package org.elasticvision.train.proposal;

import org.elasticvision.runtime.base.Internal;
