/**
 * What a report says of single classes: {@link org.elasticvision.runtime.report.classes.ClassReport} makes a table of them, the worst first, and a
 * picture or a list of what is taken for what. Begin with it. It knows results alone: the same for a validation and an evaluation.
 */
package org.elasticvision.runtime.report.classes;
