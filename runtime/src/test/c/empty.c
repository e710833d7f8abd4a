/* Stands in for the libraries that the bridge to TensorRT wants to be there and of which these tests call nothing. */
int elasticvision_stand_in;
