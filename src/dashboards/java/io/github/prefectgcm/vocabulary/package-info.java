/**
 * What queries can ask for: metrics with their kinds, labels and resources, and the values of the
 * labels that can only have some. All that is ours comes from the catalogue.
 */
package io.github.prefectgcm.vocabulary;
