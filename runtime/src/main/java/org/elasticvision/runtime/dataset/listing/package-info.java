/**
 * What lies in the class folders of a data set, listed once and kept: looking at a million files takes longer than the first
 * batch. {@code ClassWalk} goes through a class folder, {@code ClassListing} is what it found, as compact as names can be, together
 * with the state of the folders and links by which a later start sees whether it still holds. {@code ListingCache} keeps the
 * listings of a part of a data set in the user's cache. {@code PartListing} puts them together; start with that.
 */
@Internal
package org.elasticvision.runtime.dataset.listing;

import org.elasticvision.runtime.base.Internal;
