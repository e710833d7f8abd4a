package org.elasticvision.train.check.listing;

import java.util.List;
import org.elasticvision.runtime.dataset.layout.Split;

/** How the parts of one layout are listed. The training part is asked for first. */
interface PartLister {
    /**
     * {@return the images of a part}
     *
     * @throws org.elasticvision.runtime.base.DatasetException if it cannot be listed
     */
    List<ListedImage> list(Split split);

    /** {@return the names of all classes that were met} */
    List<String> classes();
}
